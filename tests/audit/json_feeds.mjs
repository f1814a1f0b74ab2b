// What JSON Feed's schema has against each of the files named on standard input; `modules` is where npm's packages lie.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [modules] = process.argv.slice(2);
const required = createRequire(`${modules}/`);
const { Ajv } = required("ajv");
const ajv = new Ajv({ allErrors: true });
required("ajv-formats")(ajv);
const isFeed = ajv.compile(required("jsonfeed-schema/v1.1"));

const faultsOf = (file) => {
  try {
    if (isFeed(JSON.parse(readFileSync(file, "utf8")))) return [];
  } catch (error) {
    return [error.message];
  }
  return isFeed.errors.map(({ instancePath, message }) => `${instancePath || "/"}: ${message}`);
};
process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(faultsOf)));
