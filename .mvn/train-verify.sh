# Sourced by ./aver for a verification when there is no cache for the next one: verifies as asked, and if the receipt is
# valid, keeps what the JVM learnt. Ends the process with the verification's exit status.

mkdir -p "${cache%/*}" || exit 125
learnt=$cache.$$
# shellcheck disable=SC2086 # flags are several words
"$JAVA_HOME/bin/java" $flags -XX:AOTMode=record "-XX:AOTConfiguration=$learnt.config" ${AVER_JAVA_OPTS-} "$@"
status=$?
if [ $status -eq 0 ]; then
    # shellcheck disable=SC2086
    "$JAVA_HOME/bin/java" $flags -XX:AOTMode=create "-XX:AOTConfiguration=$learnt.config" "-XX:AOTCache=$learnt" \
        ${AVER_JAVA_OPTS-} "$@" > /dev/null 2>&1
    [ -e "$learnt" ] || : > "$learnt"
    mv -f "$learnt" "$cache"
fi
rm -f "$learnt.config"
exit $status
