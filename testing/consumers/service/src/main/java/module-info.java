/** A program that depends on the one artifact. */
module com.example.service {
  requires io.hakmem;
}
