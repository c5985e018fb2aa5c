# vend-more: what makes vend comfortable, and what a pipeline with one short job does not need.
# vend reads this file; it can't run alone. The rules at the beginning of vend apply here too.
# shellcheck shell=sh
# shellcheck disable=SC2154,SC2034 # v_... of vend
# shellcheck disable=SC2015 # In A && B || die, die never returns.
