/** Random calls of the whole API against a model, and random calls that errors cut off. */
module io.hakmem.fuzz {
  requires transitive io.hakmem.core;
  requires static org.jspecify;

  exports io.hakmem.fuzz;
  exports io.hakmem.fuzz.errors;
}
