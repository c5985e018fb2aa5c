# vend-mine: vend's commands for clients: what the vendor does in their account, and an end to it.
# vend reads this file; it can't run alone. The rules at the beginning of vend apply here too.
# shellcheck shell=sh
# shellcheck disable=SC2154,SC2034 # v_... of vend
# shellcheck disable=SC2015 # In A && B || die, die never returns.
