# vend-doctor: vend's command for operators of the vendor's account. vend reads this file; it can't
# run alone. The rules at the beginning of vend apply here too.
# shellcheck shell=sh
# shellcheck disable=SC2154,SC2034 # v_... of vend
# shellcheck disable=SC2015 # In A && B || die, die never returns.

# All that the AWS CLI may print for one question.
AWS_BYTES=8388608
