# Shared by the scripts here: builds what is newer than the last build, and finds java.

java=java
if [ -n "${JAVA_HOME:-}" ]; then
  java=$JAVA_HOME/bin/java
fi
classpath="$root/bench/target/classes:$root/bench/target/lib/*"

build() {
  built=$root/bench/target/agents/heaplight-agent.jar
  if [ ! -e "$built" ] ||
    [ -n "$(cd "$root" && find pom.xml agent viewer bench -newer "$built" \
      \( -name '*.java' -o -name 'pom.xml' -o -path '*/src/main/resources/*' \) -print | head -n 1)" ]; then
    echo "Building Heaplight and its benchmarks ..." >&2
    (cd "$root" && mvn -q -B -Pbench -pl bench -am package -DskipTests -DskipITs)
    touch "$built"
  fi
}
