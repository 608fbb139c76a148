/*
 * Input and output of the Ethereum zkVM standard ("zkVM IO interface").
 */
#ifndef AVER_IO_H
#define AVER_IO_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Points *buf_ptr to the private input and sets *buf_size to its length in bytes. No copy is made: the input lies in
 * memory from the start, 8-byte aligned, and must not be written to. May be called any number of times with the same
 * result. Aborts (exit code 134) if the length that the prover claims is larger than the memory there is.
 */
void read_input(const uint8_t **buf_ptr, size_t *buf_size);

/*
 * Appends size bytes to the journal, the public output. The library hashes them here, once, and hands the journal's
 * SHA-256 to the machine when the program exits; the proof attests that digest.
 */
void write_output(const uint8_t *output, size_t size);

#ifdef __cplusplus
}
#endif

#endif
