# title(row): the name between the brackets of a section. SECTION comes from the environment,
# because -v would interpret a backslash.
BEGIN { SECTION = ENVIRON["VEND_SECTION"] }
function title(row) {
  sub(/^\[[ \t]*/, "", row)
  sub(/[ \t]*\].*$/, "", row)
  gsub(/["\047]/, "", row)
  gsub(/[ \t]+/, " ", row)
  return row
}
