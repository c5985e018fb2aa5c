BEGIN { FS = "\t" }
{ n[$1]++ }
END {
  printf "%d to add, %d to change, %d to remove, %d unchanged", n["create"], n["change"], n["remove"], n["keep"]
  if (n["refused"]) printf ", %d refused", n["refused"]
}
