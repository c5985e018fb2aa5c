# vend-admin: the part of vend for administrators. It is read by vend and can't run alone;
# vend's rules hold here too.
# shellcheck shell=sh
# shellcheck disable=SC2154,SC2034 # v_... of vend
# shellcheck disable=SC2015 # In A && B || die, die never returns.
