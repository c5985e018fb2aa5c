# Prints what a client enters to create its roles: the parameters that all have, and then each role
# with its name, its path, and the link if there is one.
sub(/^\/onboarding\/templateParameters\//, "") { sub(/=s:/, "="); print; next }
/^rest$/ { rest = 1 }
sub(/^\/onboarding\/quickCreateUrl=s:/, "") { link = $0; next }
!sub(/^\/onboarding\/roles\/[0-9]+\//, "") { next }
sub(/^roleName=s:/, "RoleName=") { roles++; print; next }
sub(/^rolePath=s:/, "RolePath=") { print; next }
sub(/^quickCreateUrl=s:/, "") { print }
# A service before this script names no roles.
END { if (!roles && link != "") print link }
