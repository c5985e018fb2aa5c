# Removes what could move the cursor of a terminal or reorder text.
{
  gsub(/\t/, " ")
  gsub(/[\001-\037\177]/, "?")
  if ($0 ~ /[\200-\377]/) {
    $0 = valid($0)
    gsub(/\302[\200-\237]/, "?")
    gsub(/\342\200[\213-\217\252-\256]/, "?")
    gsub(/\342\201[\240-\257]/, "?")
  }
  print
}
