{
  print $2 ": " $3
  if ($4 != "") printf "  %-8s%s\n", ($4 ~ /^[0-9]+$/ ? "client" : "caller"), $4
  if ($5 != "") printf "  %-8s%s\n", "role", $5
  printf "  %-8s%s by %s (vend audit --id %s)\n", "changed", $6, $7, $8
  if ($10 != "") printf "  %-8s%s\n", "to", $10
  if ($9 != "") printf "  %-8s%s\n", "do", $9
}
