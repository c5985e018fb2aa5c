# ---------------------------------------------------------------- the list

# @awk access-rows

# access_list: as a table, all pages at once, since its columns are as wide as their widest cell.
access_list() {
  if [ "$v_format" = table ]; then
    list_table /access/list "$v_members\"limit\":500" "$ACCESS_ROWS" \
      'CALLER|CLIENT|ROLE|NOW|LAST USE|PINNED TO' '64|32|80|40|20|24'
    say_vending
  else
    make_folder
    v_all=yes
    print_pages /access/list "$v_members" 500 grants
  fi
}

# say_vending: that nothing is vended, whatever the grants say.
say_vending() {
  text /vending || :
  case $v_value in
  stopped) say 'all vending is stopped: vend start resumes it' ;;
  corrupt) say "the switch of all vending can't be read, so nothing is vended: an operator must repair its row" ;;
  esac
}
