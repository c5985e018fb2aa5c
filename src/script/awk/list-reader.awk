# Prints each element of the list LIST on a line: the members that COLUMNS names, separated by tabs,
# and then the elements of the member MORE.
index($0, "/" LIST "/") == 1 {
  path = $0
  sub(/=.*/, "", path)
  parts = split(path, part, "/")
  i = part[3]
  if (i + 1 > count) count = i + 1
  if (parts == 4) value[i, part[4]] = substr($0, length(path) + 4)
  if (parts == 5 && part[4] == MORE) more[i] = more[i] "\t" substr($0, length(path) + 4)
}
END {
  columns = split(COLUMNS, name, " ")
  for (i = 0; i < count; i++) {
    row = value[i, name[1]]
    for (c = 2; c <= columns; c++) row = row "\t" value[i, name[c]]
    print row more[i]
  }
}
