#ifndef QUANT_BUILD_H
#define QUANT_BUILD_H

#include <stdint.h>

// One byte of the commit the program was built from; 0 past its end.
// Byte by byte, so that Swift needs no pointer.
uint8_t quant_build_commit_byte(int32_t index);

#endif
