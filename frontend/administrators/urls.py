from django.urls import path

from frontend.administrators import departments, members, overview, questions, services

urlpatterns = [
    path("", overview.overview, name="settings"),
    path("people/", members.people, name="settings-members"),
    path("people/<int:pk>/", members.member, name="settings-member"),
    path("people/<int:pk>/remove/", members.remove, name="settings-member-remove"),
    path("departments/", departments.departments, name="settings-departments"),
    path("departments/new/", departments.department, name="settings-department-new"),
    path("departments/<int:pk>/", departments.department, name="settings-department"),
    path("departments/<int:pk>/remove/", departments.remove, name="settings-department-remove"),
    path("services/", services.services, name="settings-services"),
    path("services/new/", services.new, name="settings-service-new"),
    path("services/<int:pk>/", services.service, name="settings-service"),
    path("services/<int:pk>/questions/", questions.new, name="settings-question-new"),
    path("services/questions/<int:pk>/", questions.question, name="settings-question"),
    path("services/questions/<int:pk>/remove/", questions.remove, name="settings-question-remove"),
]
