#include "CQuantBuild.h"

// Set by Package.swift from the environment or from git.
#ifndef QUANT_COMMIT
#define QUANT_COMMIT "unknown"
#endif

uint8_t quant_build_commit_byte(int32_t index) {
  static const char commit[] = QUANT_COMMIT;
  return index >= 0 && index < (int32_t)sizeof commit ? (uint8_t)commit[index] : 0;
}
