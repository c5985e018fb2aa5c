# ---------------------------------------------------------------- files

# make_folder: makes a private folder for data that is too long for shell variables. It is removed
# when the script ends.
make_folder() {
  need cat cut grep mkdir od rm sort tail wc
  temporary_place || die 'TMPDIR has a backslash or control characters in it, or is relative to a folder that has; set it to another folder'
  v_folder=$v_place/vend.$$.$(od -An -N8 -tx1 /dev/urandom | tr -d ' \n')
  (umask 077 && mkdir -- "$v_folder") || die "can't make a folder in $v_place; set TMPDIR to one that you can write into"
  v_clean_up=drop_folder
  clean_up_at_exit
}

# need_folder: without the folder, files would be made in the root folder.
need_folder() {
  [ -n "$v_folder" ] || die 'there is no temporary folder'
}

drop_folder() {
  rm -rf -- "$v_folder"
}

# into FILE COMMAND...: writes the output of the command to a file in $v_folder. Checks both the
# command and the write: a truncated file could lose grants or evidence, and not every awk, sort or
# head reports a full disk. In a pipeline, add || exit 1.
into() {
  need_folder
  printf '' >"$1" || no_room
  onto "$@"
}

# onto FILE COMMAND...: the same, appending to the file.
onto() {
  need_folder
  v_onto=$1
  shift
  { "$@" || printf '' >"$v_folder/failed"; } | cat >>"$v_onto" && [ ! -e "$v_folder/failed" ] || no_room
}

no_room() {
  die "can't write into $v_folder"
}
