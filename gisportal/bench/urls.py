"""The portal's addresses, and the bare views that the benchmark compares them with."""

from importlib.util import find_spec

from django.urls import URLPattern, include, path

from gisportal.bench import bare


def _peers() -> list[URLPattern]:
    """Views of the peers, where they are installed."""
    if not find_spec("vectortiles"):
        return []
    from gisportal.bench.peers.views import Features, Tiles

    return [
        path("api/peers/vectortiles/<int:z>/<int:x>/<int:y>/", Tiles.as_view()),
        path("api/peers/features/<int:z>/<int:x>/<int:y>/", Features.as_view()),
    ]


urlpatterns = [
    path("api/bare/empty/", bare.empty),
    path("api/bare/submit/<int:number>/", bare.submit),
    path("api/bare/publish/<int:number>/<int:pk>/", bare.publish),
    *_peers(),
    path("", include("gisportal.urls")),
]
