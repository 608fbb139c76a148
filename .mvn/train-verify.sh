# Sourced by ./aver for a verification when there is no cache for the next one: verifies as asked, and if the receipt is
# valid, does it again for what the JVM learns by it. Ends the process with the verification's exit status.

# shellcheck disable=SC2086 # flags are several words
"$JAVA_HOME/bin/java" $flags ${AVER_JAVA_OPTS-} "$@"
status=$?
if [ $status -eq 0 ] && mkdir -p "${cache%/*}"; then
    echo "aver: preparing a fast start for the next verification" >&2
    learning=$cache.$$
    # shellcheck disable=SC2086
    "$JAVA_HOME/bin/java" $flags "-XX:AOTCacheOutput=$learning" ${AVER_JAVA_OPTS-} "$@" > /dev/null 2>&1
    [ -e "$learning" ] || : > "$learning"
    mv -f "$learning" "$cache"
fi
exit $status
