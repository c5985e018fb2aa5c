# Rewrites one section of a file of AWS's. Reads the edits first (set KEY VALUE and drop KEY,
# separated by tabs), then the file twice: to find the keys, and to copy it. Only the lines of
# these keys change; everything else is copied byte for byte, including line endings and a missing
# final one. A key's indented lines belong to it. With -v COUNT=1 prints the number of bytes
# instead, because some awks lose output to a full disk without an error.
BEGIN { FS = "\t"; ORS = "" }
FNR == 1 { part++ }
part == 1 {
  if ($1 == "set") { order[++sets] = $2; edit[$2] = substr($0, length($1 $2) + 3) }
  own[$2] = 1
  next
}
{ head = ($0 ~ /^\[/) }
head { inside = (title($0) == SECTION || SECTION == "default" && title($0) == "profile default") }
part == 2 {
  if (head && inside) found = 1
  if (inside && key($0) in edit) there[key($0)] = 1
  next
}
head { gone = 0 }
gone && /^[ \t]+[^ \t\r]/ { next }
{ gone = 0 }
inside && !head && key($0) in own {
  word = key($0)
  if (word in edit && !(word in done)) { out(word " = " edit[word] eol()); done[word] = 1 }
  gone = 1
  next
}
{ out($0) }
head && inside && !added {
  added = 1
  for (i = 1; i <= sets; i++) if (!(order[i] in there)) out(order[i] " = " edit[order[i]] eol())
}
END {
  if (!found && sets) {
    crlf = (last ~ /\r$/) ? "\r" : ""
    if (OPEN && crlf == "" && past ~ /\r$/) { crlf = "\r"; put(crlf) }
    if (rows && last !~ /^[ \t\r]*$/) out(crlf)
    out("[" SECTION "]" crlf)
    for (i = 1; i <= sets; i++) out(order[i] " = " edit[order[i]] crlf)
    put("\n")
  }
  else if (rows && !OPEN) put("\n")
  if (COUNT) print size + 0
}
function out(row) { if (rows++) put("\n"); put(row); past = last; last = row }
function put(piece) { size += length(piece); if (!COUNT) print piece }
function eol() { return ($0 ~ /\r$/) ? "\r" : "" }
function key(row) {
  if (row !~ /^[A-Za-z0-9_]+[ \t]*[=:]/) return ""
  sub(/[ \t]*[=:].*$/, "", row)
  return tolower(row)
}
