BEGIN {
  FS = "\t"
  columns = split(HEADS, head, "|")
  split(CAPS, cap, "|")
  for (c = 1; c <= columns; c++) wide[c] = length(head[c])
}
FNR == 1 { pass++ }
pass == 1 { for (c = 1; c <= columns; c++) if (width($c) > wide[c] && width($c) <= cap[c]) wide[c] = width($c); next }
FNR == 1 { show_head() }
{ for (c = 1; c <= columns; c++) cell[c] = $c; row(cell) }
END { if (!NR) show_head() }
function show_head() { row(head) }
function row(cells,   line, c) {
  line = ""
  for (c = 1; c <= columns; c++) line = line cells[c] blanks(wide[c] - width(cells[c])) "  "
  sub(/ +$/, "", line)
  print line
}
function blanks(n) { return n > 0 ? sprintf("%" n "s", "") : "" }
# Counts characters, not bytes of UTF-8.
function width(word) { gsub(/[\200-\277]/, "", word); return length(word) }
