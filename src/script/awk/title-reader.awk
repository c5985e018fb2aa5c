# title(row): the name between the brackets of a section.
# Not by -v, where a backslash is not itself.
BEGIN { SECTION = ENVIRON["VEND_SECTION"] }
function title(row) {
  sub(/^\[[ \t]*/, "", row)
  sub(/[ \t]*\].*$/, "", row)
  gsub(/["\047]/, "", row)
  gsub(/[ \t]+/, " ", row)
  return row
}
