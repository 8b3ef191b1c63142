from django.urls import path

from frontend.moderators import blocking, helping, letters, mending, tabs, views

urlpatterns = [
    path("", views.moderation, name="moderation"),
    path("unanswered/", tabs.unanswered, name="moderation-unanswered"),
    path("unanswered/<int:pk>/assign/", tabs.assign, name="moderation-assign"),
    path("comments/", tabs.comments, name="moderation-comments"),
    path("comments/<int:pk>/judge/", tabs.judge, name="moderation-judge"),
    path("flags/", tabs.flags, name="moderation-flags"),
    path("flags/<int:pk>/seen/", tabs.seen, name="moderation-seen"),
    path("blocked/", blocking.blocked, name="moderation-blocked"),
    path("blocked/add/", blocking.block, name="moderation-block"),
    path("blocked/<int:pk>/lift/", blocking.lift, name="moderation-unblock"),
    path("letters/", letters.letters, name="moderation-letters"),
    path("letters/<int:pk>/again/", letters.send_again, name="moderation-letter-again"),
    path("partners/", helping.partners, name="moderation-partners"),
    path("partners/<int:pk>/publish/", helping.publish, name="moderation-partner"),
    path("partners/offers/<int:pk>/", helping.answer, name="moderation-offer"),
    path("<int:pk>/place/", views.place, name="moderation-place"),
    path("<int:pk>/publish/", views.publish, name="moderation-publish"),
    path("<int:pk>/reject/", views.reject, name="moderation-reject"),
    path("<int:pk>/claim/", mending.claim, name="moderation-claim"),
    path("<int:pk>/release/", mending.release, name="moderation-release"),
    path("<int:pk>/edit/", mending.edit, name="moderation-edit"),
    path("<int:pk>/category/", mending.recategorise, name="moderation-category"),
    path("<int:pk>/private/", mending.private, name="moderation-private"),
    path("<int:pk>/merge/", mending.merge, name="moderation-merge"),
    path("<int:pk>/unmerge/", mending.unmerge, name="moderation-unmerge"),
    path("<int:pk>/photos/<int:photo>/hide/", mending.hide_photo, name="moderation-photo-hide"),
    path("<int:pk>/photos/<int:photo>/mask/", mending.mask_photo, name="moderation-photo-mask"),
]
