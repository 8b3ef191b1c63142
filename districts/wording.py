"""A decision in words, in the language of whoever reads it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from districts.routing import Candidate, Decision
from layers.models import AssetLayer, Visibility


def reason(data: dict[str, Any], *, public: bool) -> str:
    """Why a report went where it went, as a sentence; empty for one that nobody has routed.

    For the public, assets of a layer that isn't public are not named, nor is their distance told.
    """
    decision = Decision.from_data(data)
    if decision is None:
        return ""
    best = decision.best
    layers = AssetLayer.objects.filter(pk=best.asset_layer_id) if best and best.asset_layer_id else ()
    return reason_among({layer.pk: layer for layer in layers}, decision, public=public)


def reason_among(layers: Mapping[int, AssetLayer], decision: Decision, *, public: bool) -> str:
    """The same for one of many decisions, by the asset layers already at hand."""
    if decision.best is None:
        return _("No rule of the city says who answers for this here; a moderator will find out.")
    return _because(decision.best, layers, public=public)


def in_language(uk: str, en: str) -> str:
    """The English text where English is spoken and there is one, else the Ukrainian."""
    return en if get_language() == "en" and en else uk


def _because(best: Candidate, layers: Mapping[int, AssetLayer], *, public: bool) -> str:
    words = {
        "department": in_language(best.department_name_uk, best.department_name_en),
        "district": in_language(best.district_name_uk, best.district_name_en),
    }
    if best.asset_layer_id is not None:
        return _by_asset(best, layers.get(best.asset_layer_id), words, public=public)
    if best.district_id is not None:
        return _("%(department)s answers for this in %(district)s.") % words
    return _("%(department)s answers for this everywhere in the city.") % words


def _by_asset(best: Candidate, layer: AssetLayer | None, words: dict[str, str], *, public: bool) -> str:
    told = layer is not None and (layer.visibility == Visibility.PUBLIC or not public)
    if layer is None or not told:
        if best.district_id is not None:
            return _("%(department)s answers for this kind of problem at this place in %(district)s.") % words
        return _("%(department)s answers for this kind of problem at this place.") % words
    words |= {
        "layer": str(layer),
        "asset": best.asset_name or best.asset_reference,
        "metres": f"{best.distance_m:.0f}",
    }
    if best.district_id is not None:
        return (
            _(
                "%(department)s answers for this in %(district)s: “%(asset)s” (%(layer)s) is %(metres)s m away."
            )
            % words
        )
    return _("%(department)s answers for this: “%(asset)s” (%(layer)s) is %(metres)s m away.") % words
