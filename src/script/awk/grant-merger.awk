# Merges the options (first file) into a grant as the service exports it (second file). Members
# keep their order, and a value that no option names is copied unchanged.
BEGIN {
  FS = "\t"
  for (i = 128; i < 256; i++) byte[sprintf("%c", i)] = i
  add(names, values, "caller", "\"" CALLER "\"")
  add(names, values, "roleArn", "\"" ROLE "\"")
}
FILENAME == OPTIONS { edit[++edits] = $0; next }
{ members($0, names, values) }
END {
  for (i = 1; i <= edits; i++) {
    n = split(edit[i], word, "\t")
    if (word[1] == "drop") delete values[word[2]]
    if (word[1] == "set") add(names, values, word[2], word[3])
    if (word[1] == "tag") tag(ascii(substr(word[2], 2, length(word[2]) - 2)), word[3])
  }
  print object(names, values)
}

function tag(key, text) {
  split("", keys)
  split("", texts)
  if ("tags" in values) members(values["tags"], keys, texts)
  add(keys, texts, key, text)
  add(names, values, "tags", object(keys, texts))
}

function add(list, map, name, text) {
  if (!((name, "known") in list)) { list[++list[0]] = name; list[name, "known"] = 1 }
  map[name] = text
}

function object(list, map,   i, out) {
  out = ""
  for (i = 1; i <= list[0]; i++)
    if (list[i] in map) out = out (out == "" ? "" : ",") "\"" list[i] "\":" map[list[i]]
  return "{" out "}"
}

# members(TEXT, LIST, MAP): reads a JSON object without white space.
function members(text, list, map,   name, size) {
  text = substr(text, 2)
  while (text ~ /^"/) {
    size = extent(text)
    name = substr(text, 2, size - 2)
    text = substr(text, size + 2)
    size = extent(text)
    add(list, map, name, substr(text, 1, size))
    text = substr(text, size + 2)
  }
}

# extent(TEXT): the length of the JSON value at its beginning.
function extent(text,   at, depth, in_string, c) {
  at = depth = in_string = 0
  while (match(substr(text, at + 1), in_string ? "[\"\\\\]" : "[][\"{},]")) {
    c = substr(text, at + RSTART, 1)
    if (!depth && !in_string && c ~ /[]},]/) return at + RSTART - 1
    at += RSTART
    if (c == "\\") at++
    else if (c == "\"") in_string = !in_string
    else if (c ~ /[[{]/) depth++
    else if (c ~ /[]}]/) depth--
    if (!depth && !in_string && c ~ /[]"}]/) return at
  }
  return length(text)
}

# ascii(TEXT): replaces other characters by \u escapes as the service writes them, so that equal
# keys are equal texts.
function ascii(text,   out, i, b, code, more) {
  out = ""
  more = 0
  for (i = 1; i <= length(text); i++) {
    if (!(substr(text, i, 1) in byte)) { out = out substr(text, i, 1); continue }
    b = byte[substr(text, i, 1)]
    if (b < 192) { code = code * 64 + b - 128; more-- }
    else { more = b >= 240 ? 3 : b >= 224 ? 2 : 1; code = b - (b >= 240 ? 240 : b >= 224 ? 224 : 192) }
    if (more) continue
    if (code < 65536) out = out sprintf("\\u%04x", code)
    else out = out sprintf("\\u%04x\\u%04x", 55296 + int((code - 65536) / 1024), 56320 + (code - 65536) % 1024)
  }
  return out
}
