BEGIN { FS = "\t" }
{ n[$1]++ }
END {
  printf "%d added, %d changed, %d removed", n["create"], n["change"], n["remove"]
  if (n["keep"]) printf ", %d unchanged", n["keep"]
}
