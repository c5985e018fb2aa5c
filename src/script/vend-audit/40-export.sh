# ---------------------------------------------------------------- export

# audit_export: all records of a period in one order, and a manifest that says what they are,
# so that two exports of one period are the same to the byte.
audit_export() {
  [ -n "$v_since" ] && [ -n "$v_until" ] || usage_error 'an export is of a period: --since and --until'
  now
  epoch "$v_until"
  [ "$v_seconds" -le "$((v_now - 60))" ] ||
    usage_error '--until must be a minute ago at least: records of the last moments may still be on their way'
  v_output=${v_output:-vended-audit-$(printf '%s_%s' "$v_since" "$v_until" | tr -d ':-' | tr _ -)}
  prepare_export
  v_format=jsonl
  v_members='"kind":"all",'
  v_all=yes
  # No subshell: it would outlive a signal to this shell.
  audit_query >"$v_folder/export" || no_room
  into "$v_folder/sorted" sort "$v_folder/export"
  v_export_count=$(awk 'END { print NR }' "$v_folder/sorted")
  v_export_hash=$(sha256 <"$v_folder/sorted")
  [ "${#v_export_hash}" = 64 ] || die 'no sha256sum, shasum or openssl here, so there can be no manifest'
  {
    printf '{"since":"%s","until":"%s","count":%s' "$v_since" "$v_until" "$v_export_count"
    [ "$v_export_count" = 0 ] ||
      printf ',"first":"%s","last":"%s"' "$(record_key <"$v_folder/sorted")" "$(tail -n 1 "$v_folder/sorted" | record_key)"
    printf ',"sha256":"%s"}\n' "$v_export_hash"
  } | into "$v_folder/manifest" cat || exit 1
  (cat "$v_folder/sorted" >"$v_new_data" && cat "$v_folder/manifest" >"$v_new_manifest") &&
    [ "$(sha256 <"$v_new_data")" = "$v_export_hash" ] &&
    [ "$(sha256 <"$v_new_manifest")" = "$(sha256 <"$v_folder/manifest")" ] ||
    die "can't write into ${v_output%/*}/; nothing is left there"
  publish_export
  counted "$v_export_count" record
  say "$v_counted in $v_data; its SHA-256 is in $v_manifest"
}

# prepare_export: whether both files can be written, before anything is downloaded. They are
# written beside their places, and renamed when both are whole.
prepare_export() {
  case $v_output in */*) ;; *) v_output=./$v_output ;; esac
  v_data=$v_output.jsonl
  v_manifest=$v_output.manifest.json
  v_new_data=$v_data.${v_folder##*.}.new
  v_new_manifest=$v_manifest.${v_folder##*.}.new
  v_published=
  need_free_names
  v_clean_up=drop_export
  (umask 077 && set -C && : >"$v_new_data" && : >"$v_new_manifest") 2>/dev/null ||
    die "can't write into ${v_output%/*}/"
}

need_free_names() {
  need_free_name "$v_data"
  need_free_name "$v_manifest"
}

need_free_name() {
  [ ! -e "$1" ] && [ ! -L "$1" ] ||
    die "$1 exists, and nothing that is there is written over: move it away, or give another --output"
}

# publish_export: the data first and the manifest last, so that data beside a manifest is
# always its own: data without a manifest was cut off.
publish_export() {
  need_free_names
  publish "$v_new_data" "$v_data"
  v_published=data
  publish "$v_new_manifest" "$v_manifest"
  v_published=both
}

# publish NEW NAME: a link is made only if nothing has the name, unlike a rename. Where there
# are no links, the name was looked at just before.
publish() {
  ! ln -- "$1" "$2" 2>/dev/null || return 0
  need_free_name "$2"
  mv -f -- "$1" "$2" || die "can't write $2"
}

drop_export() {
  rm -f -- "$v_new_data" "$v_new_manifest"
  [ "$v_published" != data ] || rm -f -- "$v_data"
  drop_folder
}

# record_key: of the first record, its vendId and kind.
record_key() {
  head -n 1 | read_json | awk '
    sub(/^\/vendId=s:/, "") { id = $0 }
    sub(/^\/kind=s:/, "") { kind = $0 }
    END { if ((id "/" kind) ~ /^[A-Za-z0-9\/-]+$/) print id "/" kind }'
}
