// Every function below an export is kept as one, so that it stands on the stack under its name.
#define EXPORT(name) __attribute__((export_name("test:faults/faults@1.0.0#" name)))
#define KEPT static __attribute__((noinline))

KEPT unsigned reach_the_bottom(unsigned depth) {
  if (depth == 0) __builtin_trap();
  return depth;
}

KEPT unsigned one_deeper(unsigned depth) {
  volatile unsigned here = depth; // or the recursion would become a loop
  if (here == 0) return reach_the_bottom(here);
  return one_deeper(here - 1) + here;
}

EXPORT("descend")
unsigned descend(unsigned depth) { return one_deeper(depth); }

KEPT int quotient_of(int a, int b) { return a / b; } // a debugger stops here

EXPORT("divide")
int divide(int a, int b) { return quotient_of(a, b); }

KEPT unsigned byte_at(unsigned address) { return *(volatile unsigned char *)address; }

EXPORT("peek")
unsigned peek(unsigned address) { return byte_at(address); }
