# Sourced by ./aver, ./mvnw and tests/run: sets and exports JAVA_HOME to a JDK of the release Aver needs, or says what to
# do and returns 1. It starts no process where JAVA_HOME is already right: versions are read from the JDK's own `release`
# file. AVER_JAVA_HOME overrules everything, and is an error if it does not fit.

aver_jdk_release=25

# Succeeds if the directory is a JDK (not just a runtime) of the release needed or a later one.
aver_jdk_fits() {
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    while IFS='=' read -r aver_key aver_value || [ -n "$aver_key" ]; do
        [ "$aver_key" = JAVA_VERSION ] || continue
        aver_value=${aver_value#\"}
        aver_value=${aver_value%%[!0-9]*}
        [ -n "$aver_value" ] && [ "$aver_value" -ge "$aver_jdk_release" ]
        return
    done < "$1/release"
    return 1
}

# Sets JAVA_HOME to the first that fits, or fails.
aver_first_jdk() {
    for aver_candidate in "$@"; do
        if aver_jdk_fits "$aver_candidate"; then
            JAVA_HOME=$aver_candidate
            export JAVA_HOME
            return 0
        fi
    done
    return 1
}

aver_find_jdk() {
    if [ -n "${AVER_JAVA_HOME:-}" ]; then
        aver_first_jdk "$AVER_JAVA_HOME" && return
        echo "AVER_JAVA_HOME=$AVER_JAVA_HOME is not a JDK $aver_jdk_release or later. Correct it or unset it." >&2
        return 1
    fi
    aver_first_jdk "${JAVA_HOME:-}" && return

    aver_javac=$(command -v javac) || aver_javac=
    if [ -n "$aver_javac" ]; then
        aver_javac=$(readlink -f "$aver_javac") || aver_javac=
        aver_first_jdk "${aver_javac%/bin/javac}" && return
    fi
    aver_first_jdk /usr/lib/jvm/* /usr/java/* /usr/local/lib/jvm/* /usr/local/*jdk* /opt/*jdk* /opt/java/* /opt/jdk/* \
        "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* "${HOME:-}"/.asdf/installs/java/* \
        "${HOME:-}"/.local/share/mise/installs/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        && return

    cat >&2 << EOF
Aver needs a JDK $aver_jdk_release or later and found none under JAVA_HOME, on PATH or in the usual places.
Get one from https://adoptium.net or https://jdk.java.net/$aver_jdk_release, or with your package manager
(Debian: openjdk-$aver_jdk_release-jdk, Homebrew: openjdk@$aver_jdk_release, SDKMAN: sdk install java $aver_jdk_release-tem).
Then set JAVA_HOME to it, or AVER_JAVA_HOME if JAVA_HOME has to stay as it is.
EOF
    return 1
}

aver_find_jdk
