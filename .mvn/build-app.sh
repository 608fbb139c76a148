# Sourced by ./aver in a subshell when there is something to build. Builds the command into .aver/app/GENERATION and names
# it in .aver/current, so that a command already running keeps the jars it started with; then runs it to make the caches that
# let it start fast, those of proofs and of the server when the first is asked for. Two first uses at once wait for each other.

cd "$home" || exit 1
mkdir -p .aver || exit 1

say() {
    echo "aver: $*"
}

lock() {
    if command -v flock > /dev/null; then
        exec 9> .aver/lock
        flock -n 9 && return
        say "waiting for another aver that is building"
        flock 9
        return
    fi
    tries=0
    until mkdir .aver/lock.d 2> /dev/null; do
        tries=$((tries + 1))
        [ $tries -ne 1 ] || say "waiting for another aver that is building"
        if [ $tries -gt 600 ]; then
            say "$home/.aver/lock.d is ten minutes old; if no other aver is building, remove it and try again"
            exit 1
        fi
        sleep 1
    done
    trap 'rmdir .aver/lock.d' EXIT
}

build() {
    say "building the command from source (the first time, this fetches Maven and libraries)"
    : > .aver/started
    rm -rf .aver/build/aver-cli/app
    { ./mvnw -B -ntp -Papp -Daver.app -pl api/cli -am package 2>&1 || echo BUILD FAILED; } | tee .aver/build.log \
        | sed -n 's/^\[INFO\] Building \(Aver .*[^ ]\)  *\(\[.*\]\)$/aver:   \2 \1/p'
    if grep -q '^BUILD FAILED$' .aver/build.log; then
        # The first errors say most; without any, Maven itself could not be had, and the last lines say why.
        grep -m 5 '^\[ERROR\]' .aver/build.log || tail -n 5 .aver/build.log
        say "the build failed; all of its output is in $home/.aver/build.log"
        exit 1
    fi

    previous=$generation
    generation=$(date +%s)-$$
    mkdir -p ".aver/app/$generation" && cp .aver/build/aver-cli/app/*.jar ".aver/app/$generation" || exit 1
    echo "$generation" > .aver/current.new
    # As old as the start of the build, so that what was edited since then counts as newer.
    touch -r .aver/started .aver/current.new
    mv -f .aver/current.new .aver/current
    for old in .aver/app/*; do
        case ${old##*/} in "$generation" | "$previous") ;; *) rm -rf "$old" ;; esac
    done
}

# train KIND FLAGS ARGUMENT...: runs the command with the arguments and keeps what its JVM learnt for the next start. A proof
# leaves the commitment to the fixed tables beside the jars besides, which later ones read.
train() {
    made=$app/aot$JAVA_HOME/$1
    learning=$app/learning.$$
    train_flags=$2
    shift 2
    mkdir -p "${made%/*}"
    set -f
    # shellcheck disable=SC2086 # flags are several words
    "$JAVA_HOME/bin/java" $train_flags "-XX:AOTCacheOutput=$learning" "-Daver.keys=$app" -jar "$app/aver.jar" "$@" > /dev/null 2>&1
    set +f
    [ -e "$learning" ] || : > "$learning"
    mv -f "$learning" "$made"
}

# The same for serve: starts a server, has it prove something, and stops it.
train_serve() {
    made=$app/aot$JAVA_HOME/serve
    learning=$app/learning.$$
    data=$app/training.$$
    mkdir -p "${made%/*}"
    native=org/sqlite/native/Linux/$(uname -m)/libsqlitejdbc.so
    (cd "$app" && "$JAVA_HOME/bin/jar" xf sqlite-jdbc-*.jar "$native")
    set -f
    # shellcheck disable=SC2086 # flags are several words
    "$JAVA_HOME/bin/java" $serve "-XX:AOTCacheOutput=$learning" "-Dorg.sqlite.lib.path=$app/${native%/*}" -jar "$app/aver.jar" \
        serve --listen-port 0 --data "$data" --disk-floor 0 > "$data.out" 2> /dev/null &
    server=$!
    tries=0
    while ! grep -qs 'serving on' "$data.out" && [ $tries -lt 60 ] && kill -0 $server 2> /dev/null; do
        tries=$((tries + 1))
        sleep 1
    done
    # shellcheck disable=SC2086
    "$JAVA_HOME/bin/java" $light -jar "$app/aver.jar" remote submit --server "$(sed -n 's/.*serving on //p' "$data.out")" \
        --key-file "$data/first.key" --watch zkvm/guest/prebuilt/fibonacci.elf \
        --input zkvm/guest/samples/fibonacci/cases/n0.input > /dev/null 2>&1
    set +f
    kill $server 2> /dev/null
    wait $server
    rm -rf "$data" "$data.out" "$data.key"
    [ -e "$learning" ] || : > "$learning"
    mv -f "$learning" "$made"
}

lock
built && cached && exit # the one that had the lock did it
start=$(date +%s)
built || { build; built; }
if ! cached; then
    say "preparing a fast start"
    if [ "$kind" = prove ]; then
        train prove "$prove" prove zkvm/guest/prebuilt/fibonacci.elf \
            --input zkvm/guest/samples/fibonacci/cases/n0.input --out "$app/training.receipt"
        rm -f "$app/training.receipt"
    elif [ "$kind" = serve ]; then
        train_serve
    else
        train light "$light" --help
        train run "$run" run zkvm/guest/prebuilt/fibonacci.elf
    fi
fi
say "ready after $(($(date +%s) - start)) s"
