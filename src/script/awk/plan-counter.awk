BEGIN { FS = "\t" }
{ n[$1]++ }
END {
  printf "%d to add, %d to change, %d to remove, %d as %s", n["create"], n["change"], n["remove"], n["keep"], n["keep"] == 1 ? "it is" : "they are"
  if (n["refused"]) printf ", %d refused", n["refused"]
}
