BEGIN { FS = "\t"; read_advice(); sign["create"] = "+"; sign["change"] = "~"; sign["remove"] = "-"; sign["refused"] = "!" }
$1 in sign {
  print sign[$1] " " $2 " -> " $3
  if ($1 == "refused") print "    " refusal()
  for (i = 7; i <= NF; i++) print "    " $i
}
