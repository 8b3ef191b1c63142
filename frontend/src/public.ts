/** The one entry of the portal: finds the elements of this page and starts only those. */

import "./styles/main.scss";
import { focusErrors } from "./elements/errors.ts";
import { ignoreDoubleClicks } from "./elements/forms.ts";

const ELEMENTS: Record<string, () => Promise<unknown>> = {
  "filter-form": () => import("./elements/filter-form.ts"),
  "month-brush": () => import("./elements/month-brush.ts"),
  "near-me": () => import("./elements/near-me.ts"),
  "heat-switch": () => import("./elements/heat-switch.ts"),
  "report-results": () => import("./elements/report-results.ts"),
  "city-map": () => import("./elements/city-map.ts"),
  "place-picker": () => import("./elements/place-picker.ts"),
  "cities-map": () => import("./elements/cities-map.ts"),
  "place-search": () => import("./elements/place-search.ts"),
  "service-choice": () => import("./elements/service-choice.ts"),
  "photo-first": () => import("./elements/photo-first.ts"),
  "report-around": () => import("./elements/report-around.ts"),
  "overlay-switches": () => import("./elements/overlay-switches.ts"),
  "section-map": () => import("./elements/section-map.ts"),
  "area-map": () => import("./elements/area-map.ts"),
  "territory-map": () => import("./elements/territory-map.ts"),
  "moderation-keys": () => import("./elements/moderation-keys.ts"),
  "moderation-claim": () => import("./elements/moderation-claim.ts"),
  "work-bulk": () => import("./elements/work-bulk.ts"),
  "work-canned": () => import("./elements/work-canned.ts"),
  "work-copy": () => import("./elements/work-copy.ts"),
  "work-filter": () => import("./elements/work-filter.ts"),
  "pass-key": () => import("./elements/pass-key.ts"),
  "work-print": () => import("./elements/work-print.ts"),
  "mask-editor": () => import("./elements/mask-editor.ts"),
};

focusErrors(document);
ignoreDoubleClicks(document);
for (const [name, load] of Object.entries(ELEMENTS)) {
  if (document.querySelector(name)) void load();
}
