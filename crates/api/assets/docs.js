"use strict";
// Renders openapi.json: a list of operations, each with its fields, answers and a curl example.

const METHODS = ["get", "post", "put", "patch", "delete"];

function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children.filter((child) => child !== null));
  return node;
}

// Follows `#/components/…` references; anything else stays as it is.
function resolve(api, schema) {
  let current = schema;
  for (let depth = 0; current && current.$ref && depth < 8; depth += 1) {
    current = current.$ref.replace("#/", "").split("/").reduce((at, key) => at && at[key], api);
  }
  return current || {};
}

function merged(api, schema) {
  const found = resolve(api, schema);
  if (!found.allOf) return found;
  return found.allOf.map((part) => merged(api, part)).reduce((all, part) => ({
    ...all, ...part,
    properties: { ...all.properties, ...part.properties },
    required: [...(all.required || []), ...(part.required || [])],
  }), {});
}

function typeName(api, schema) {
  if (!schema) return "any";
  if (schema.$ref) return schema.$ref.split("/").pop();
  const options = schema.oneOf || schema.anyOf;
  if (options) return options.map((option) => typeName(api, option)).join(" | ");
  const type = Array.isArray(schema.type) ? schema.type.join(" | ") : schema.type || "any";
  if (schema.items) return `array of ${typeName(api, schema.items)}`;
  return schema.format ? `${type} (${schema.format})` : type;
}

function describe(text) {
  const box = element("div");
  for (const paragraph of (text || "").split("\n\n")) {
    if (!paragraph.trim()) continue;
    box.append(inline("p", paragraph));
  }
  return box;
}

// Text in which backticks mark code.
function inline(name, text) {
  const node = element(name);
  text.split("`").forEach((part, index) => node.append(index % 2 ? element("code", {}, part) : part));
  return node;
}

// One row per field, those of nested objects below their own.
function appendRows(api, body, object, isRequest, prefix) {
  for (const [name, property] of Object.entries(object.properties)) {
    const required = isRequest && (object.required || []).includes(name);
    body.append(element("tr", {},
      element("td", {}, element("code", {}, prefix + name), required ? element("span", { class: "required" }, " required") : ""),
      element("td", {}, typeName(api, property)),
      inline("td", meaning(api, property)),
    ));
    const nested = inner(api, property);
    if (nested && prefix.split(".").length < 3) appendRows(api, body, nested, isRequest, `${prefix}${name}.`);
  }
}

// Of a request, what must be sent is marked; of an answer, every field is there.
function fieldsTable(api, schema, isRequest = false) {
  const object = merged(api, schema);
  if (object.items) return fieldsTable(api, object.items, isRequest);
  if (!object.properties) return element("p", {}, typeName(api, schema));
  const body = element("tbody");
  appendRows(api, body, object, isRequest, "");
  const head = ["field", "type", "meaning"].map((title) => element("th", { scope: "col" }, title));
  return element("table", {}, element("thead", {}, element("tr", {}, ...head)), body);
}

// Its own description, else that of the type it refers to, null aside.
function meaning(api, property) {
  const options = [property, ...(property.oneOf || property.anyOf || [])];
  const said = (list) => list.map((option) => option.description).find(Boolean);
  return said(options) || said(options.map((option) => resolve(api, option))) || "";
}

// The object that a property is or may be, if it is one with known fields.
function inner(api, property) {
  const options = [property, ...(property.oneOf || property.anyOf || [])].map((option) => {
    const found = merged(api, option);
    return found.items ? merged(api, found.items) : found;
  });
  return options.find((option) => option.properties);
}

function example(api, schema, depth = 0) {
  const found = merged(api, schema);
  if (found.example !== undefined) return found.example;
  if (found.examples && found.examples.length) return found.examples[0];
  if (found.enum) return found.enum[0];
  const type = Array.isArray(found.type) ? found.type[0] : found.type;
  if (found.properties && depth < 4) {
    const required = found.required || Object.keys(found.properties);
    return Object.fromEntries(Object.entries(found.properties)
      .filter(([name]) => required.includes(name))
      .map(([name, property]) => [name, example(api, property, depth + 1)]));
  }
  if (type === "array") return depth < 4 && found.items ? [example(api, found.items, depth + 1)] : [];
  if (type === "boolean") return true;
  if (type === "integer" || type === "number") return 1;
  if (found.format === "uuid") return "11111111-2222-3333-4444-555555555555";
  return type === "object" ? {} : "text";
}

function curl(api, method, path, operation) {
  const lines = [`curl -X ${method.toUpperCase()} ${location.origin}${path}`];
  const security = operation.security || [];
  if (security.some((entry) => "api_key" in entry)) lines.push('  -H "x-api-key: $DIDIT_API_KEY"');
  if (security.some((entry) => "bearer" in entry)) lines.push('  -H "Authorization: Bearer $ACCESS_TOKEN"');
  const media = operation.requestBody && operation.requestBody.content["application/json"];
  if (media) {
    lines.push('  -H "Content-Type: application/json"');
    lines.push(`  -d '${JSON.stringify(media.example || example(api, media.schema), null, 2)}'`);
  }
  return lines.join(" \\\n");
}

function responses(api, operation) {
  const box = element("div");
  for (const [status, response] of Object.entries(operation.responses || {})) {
    const media = response.content && response.content["application/json"];
    box.append(element("p", {}, element("strong", {}, status), ` ${response.description || ""}`));
    if (media && media.schema && status.startsWith("2")) box.append(fieldsTable(api, media.schema));
    if (media && media.example) box.append(element("pre", {}, JSON.stringify(media.example, null, 2)));
  }
  return box;
}

function operationSection(api, method, path, operation) {
  const media = operation.requestBody && operation.requestBody.content["application/json"];
  const parameters = (operation.parameters || []).filter((parameter) => parameter.in === "query");
  const query = { properties: Object.fromEntries(parameters.map((parameter) => [
    parameter.name, { ...parameter.schema, description: parameter.description }])) };
  return element("section", { id: operation.operationId },
    element("h2", {}, operation.summary || path),
    element("p", {}, element("span", { class: "method" }, method.toUpperCase()), element("code", {}, path)),
    describe(operation.description),
    element("h3", {}, "Example"), element("pre", {}, curl(api, method, path, operation)),
    parameters.length ? element("h3", {}, "Query") : null, parameters.length ? fieldsTable(api, query) : null,
    media ? element("h3", {}, "Body") : null, media ? fieldsTable(api, media.schema, true) : null,
    element("h3", {}, "Answers"), responses(api, operation));
}

function render(api) {
  const main = document.getElementById("main");
  const groups = new Map((api.tags || []).map((tag) => [tag.name, []]));
  for (const [path, item] of Object.entries(api.paths)) {
    for (const method of METHODS.filter((name) => item[name])) {
      const tag = (item[method].tags || ["other"])[0];
      if (!groups.has(tag)) groups.set(tag, []);
      groups.get(tag).push({ method, path, operation: item[method] });
    }
  }
  document.getElementById("state").replaceWith(describe(api.info.description));
  const contents = document.getElementById("contents");
  for (const [tag, operations] of groups) {
    if (operations.length === 0) continue;
    const about = (api.tags || []).find((entry) => entry.name === tag);
    main.append(element("h1", {}, tag[0].toUpperCase() + tag.slice(1)), element("p", {}, (about && about.description) || ""));
    contents.append(element("h2", {}, tag));
    for (const { method, path, operation } of operations) {
      contents.append(element("a", { href: `#${operation.operationId}` }, operation.summary || `${method} ${path}`));
      main.append(operationSection(api, method, path, operation));
    }
  }
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

fetch("/openapi.json").then((response) => response.json()).then(render).catch((error) => {
  document.getElementById("state").textContent = `The document could not be shown: ${error.message}`;
});
