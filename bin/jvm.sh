# Sourced by the scripts beside it: builds what is older than its sources, finds the JVM and its options.
# shellcheck shell=bash
#
# Whoever sources this sets:
#   program  the name that messages begin with
#   here     the root of the repository

fail() {
  printf '%s: %s\n' "$program" "$1" >&2
  exit 1
}

# stale STAMP PRODUCT MODULE…: true where PRODUCT was never built, or where a source or a folder of
# sources of the modules changed since.
stale() {
  local stamp=$1 product=$2 watched=("$here/pom.xml") module
  shift 2
  [[ -e $stamp && -e $product ]] || return 0
  for module in "$@"; do
    watched+=("$here/$module/pom.xml" "$here/$module/src/main")
  done
  [[ -n $(find "${watched[@]}" -newer "$stamp" -print -quit) ]]
}

# build STAMP MAVEN_OPTION…: packages without the tests, and dates the stamp.
build() {
  local stamp=$1
  shift
  command -v mvn >/dev/null || fail "Maven is needed to build; install it (apt-get install maven) and run again"
  printf '%s: building…\n' "$program" >&2
  mkdir -p "$(dirname -- "$stamp")"
  # Dated before the build starts: what is edited meanwhile counts as newer.
  touch "$stamp.new"
  mvn -B -q -ntp -f "$here/pom.xml" -Dmaven.test.skip=true "$@" package </dev/null >&2 ||
    fail "the build failed; its messages are above"
  mv "$stamp.new" "$stamp"
}

# build_where_stale PRODUCT "MAVEN_OPTION…" MODULE…: the product is a file under a target folder.
build_where_stale() {
  local product=$1 stamp maven_options
  read -r -a maven_options <<<"$2"
  shift 2
  stamp=${product%.jar}.built-by-bin
  stale "$stamp" "$product" "$@" || return 0
  # Two commands started at once build one after the other; the second finds nothing left to do.
  exec 9<"$here/pom.xml"
  if command -v flock >/dev/null; then flock 9; fi
  if stale "$stamp" "$product" "$@"; then build "$stamp" "${maven_options[@]}"; fi
  exec 9<&-
}

# Sets java, and java_options to what every program of ours is started with.
#
# JAVA_HOME          the JDK to use (default: the java on the PATH)
# ONCILLA_JAVA_OPTS  further options for the JVM, separated by spaces
find_java() {
  local java_home description extra
  if [[ -n ${JAVA_HOME:-} ]]; then
    java=$JAVA_HOME/bin/java
    [[ -x $java ]] || fail "JAVA_HOME is $JAVA_HOME, where there is no bin/java; set it to a JDK 17 or newer"
  else
    java=$(command -v java) || fail "no java found; install a JDK 17 or newer (apt-get install openjdk-17-jdk-headless)"
  fi

  # The JDK describes itself in a file; asking java would cost a second start.
  java_home=$(dirname -- "$(dirname -- "$(readlink -f -- "$java")")")
  if [[ -r $java_home/release ]]; then
    description=$(<"$java_home/release")
  else
    description=$("$java" --list-modules)
  fi

  java_options=(-DuniqueLibraryNames=true)
  if [[ $description == *jdk.incubator.vector* ]]; then
    java_options+=(--add-modules jdk.incubator.vector)
  fi
  read -r -a extra <<<"${ONCILLA_JAVA_OPTS:-}"
  java_options+=(${extra[@]+"${extra[@]}"})
  chain_signals "$java_home"
}

# Keeps the JVM's signal handlers first: OpenCL drivers built on LLVM, PoCL among them, install their own
# for SIGSEGV, by which the JVM stops its threads.
chain_signals() {
  local library=$1/lib/libjsig.so
  if [[ $OSTYPE == linux* && -r $library && ${LD_PRELOAD:-} != *libjsig.so* ]]; then
    export LD_PRELOAD=$library${LD_PRELOAD:+:$LD_PRELOAD}
  fi
}
