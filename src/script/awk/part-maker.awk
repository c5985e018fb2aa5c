# Splits the period into parts, each for one request: at most 300 events, half a megabyte and a
# day, and never within a second.
BEGIN { FS = "\t"; start = since }
{
  # busybox reads a number with leading zeros as octal.
  at = $1
  sub(/^0+/, "", at)
  at += 0
  if (at < since || at >= until) next
  while (at >= start + 86400) part(start + 86400)
  if (at > last && (count >= 300 || size > 500000)) part(at)
  count++
  size += length($0)
  last = at
}
END {
  while (until > start + 86400) part(start + 86400)
  part(until)
}
function part(end) {
  if (end > start) printf "%d %d\n", start, end
  start = end
  count = size = 0
}
