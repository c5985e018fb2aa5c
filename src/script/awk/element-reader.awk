# Prints each element of the list at the path AT on a line: the members that COLUMNS names, as paths
# below the element, separated by tabs. A dot is the element itself.
BEGIN { columns = split(COLUMNS, name, " ") }
index($0, AT "/") == 1 {
  path = substr($0, length(AT) + 2)
  at = index(path, "=")
  content = substr(path, at + 3)
  path = substr(path, 1, at - 1)
  i = path
  sub(/\/.*/, "", i)
  if (i !~ /^[0-9]+$/) next
  if (i + 1 > count) count = i + 1
  path = substr(path, length(i) + 2)
  value[i, path == "" ? "." : path] = content
}
END {
  for (i = 0; i < count; i++) {
    row = value[i, name[1]]
    for (c = 2; c <= columns; c++) row = row "\t" value[i, name[c]]
    print row
  }
}
