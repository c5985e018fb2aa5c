# ---------------------------------------------------------------- the list

# @awk access-rows

# access_list: as a table, all pages at once, since its columns are as wide as their widest cell.
# 150 grants with the longest policies fit into one answer.
access_list() {
  if [ "$v_format" = table ]; then
    list_table /access/list "$v_members\"limit\":150" "$ACCESS_ROWS$USE_WORDS" \
      'CALLER|CLIENT|ROLE|NOW|LAST USE|PINNED TO' '64|32|80|40|20|24'
  else
    make_folder
    v_all=yes
    print_pages /access/list "$v_members" 500 grants
  fi
}
