function get(i, name,   path) {
  path = "/grants/" i "/" name
  return (path in got) ? got[path] : ""
}
function paint(r, c, word) {
  if (!colour || c != 4 || r < 0) return word
  return (table[r, c] == "yes" ? "\033[32m" : "\033[31m") word "\033[0m"
}
function cell(row, column, word) {
  if (word == "") word = "-"
  table[row, column] = word
  if (length(word) > wide[column]) wide[column] = length(word)
}
/^\// {
  path = $0
  sub(/=.*$/, "", path)
  got[path] = substr($0, length(path) + 4)
}
END {
  n = 0
  while (get(n, "roleArn") != "") {
    cell(n, 1, get(n, "roleArn"))
    cell(n, 2, get(n, "clientName") == "" ? get(n, "clientAccount") : get(n, "clientName"))
    cell(n, 3, get(n, "maxDurationSeconds") == "" ? "" : get(n, "maxDurationSeconds") "s")
    cell(n, 4, get(n, "usable") == "true" ? "yes" : "no")
    cell(n, 5, get(n, "notBefore"))
    cell(n, 6, get(n, "expiresAt"))
    cell(n, 7, get(n, "description"))
    n++
  }
  if (!n) exit
  split("ROLE CLIENT LONGEST USABLE FROM UNTIL DESCRIPTION", heads, " ")
  for (c = 1; c <= 7; c++) cell(-1, c, heads[c])
  for (r = -1; r < n; r++) {
    row = ""
    for (c = 1; c < 7; c++) row = row paint(r, c, sprintf("%-" (wide[c] + 2) "s", table[r, c]))
    print row table[r, 7]
  }
}
