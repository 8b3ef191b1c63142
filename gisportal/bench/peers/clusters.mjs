// supercluster over the same points: reads {points: [[lon, lat], ...], tiles: [[z, x, y], ...], rounds} from standard
// input, prints how long loading took (ms), the memory it took (bytes), how many points its clusters of zoom 10 hold, and
// how long a tile takes: its features as objects, not encoded.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../../frontend/package.json", import.meta.url));
const { default: Supercluster } = await import(require.resolve("supercluster"));

const { points, tiles, rounds } = JSON.parse(readFileSync(0, "utf8"));
const before = process.memoryUsage().rss;
const start = performance.now();
const index = new Supercluster({ radius: 64, extent: 512, maxZoom: 18 });
index.load(points.map((coordinates) => ({ type: "Feature", properties: {}, geometry: { type: "Point", coordinates } })));
const loaded = performance.now() - start;
const memory = process.memoryUsage().rss - before;

const times = [];
for (let round = 0; round < rounds; round++) {
  const [z, x, y] = tiles[round % tiles.length];
  const begun = performance.now();
  index.getTile(z, x, y);
  times.push(performance.now() - begun);
}
const held = index.getClusters([-180, -85, 180, 85], 10).reduce((sum, { properties }) => sum + (properties.point_count ?? 1), 0);
console.log(JSON.stringify({ loaded, memory, times, held }));
