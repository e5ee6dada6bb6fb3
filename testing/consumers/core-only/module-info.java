/** Compiles with the core and what the core requires on the module path, and nothing else. */
module com.example.coreonly {
  requires io.hakmem.core;
}
