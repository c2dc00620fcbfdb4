#ifndef CTRANSFER_H
#define CTRANSFER_H
#include <stdbool.h>
#include <stdint.h>

// libcurl, loaded when an address is first fetched: a program that fetches nothing starts without it and does not need it. Its functions
// are variadic, which Swift cannot call; a transfer here is one request of one file by GET, without following redirections.

struct mlp_transfer;

/// The library's file, and the Debian package that has it.
#define MLP_TRANSFER_FILE "libcurl.so.4"
#define MLP_TRANSFER_PACKAGE "libcurl4"

/// Takes a body's next bytes, or with `is_header` a line of the head; false ends the transfer.
typedef bool mlp_transfer_taker(void *taker, const uint8_t *bytes, int64_t count, bool is_header);

/// What is asked for.
struct mlp_transfer_request {
  const char *url;
  /// NULL where none is stated.
  const char *user;
  const char *password;
  const char *agent;
  /// The first byte that is wanted; from 1 on `validator` says of which state of the file: an ETag or a date.
  int64_t start;
  const char *validator;
  int connect_seconds;
  /// After so many seconds without a byte the transfer is given up.
  int silent_seconds;
  /// No proxy of the environment, for addresses of this machine alone.
  bool refuses_proxy;
};

enum mlp_transfer_state { mlp_transfer_running, mlp_transfer_done, mlp_transfer_failed };

/// Whether the library is there; tried once.
bool mlp_transfer_load(void);

/// A transfer that is ready to run; NULL where there is no memory or the library refuses an option.
struct mlp_transfer *mlp_transfer_begin(
  const struct mlp_transfer_request *request, mlp_transfer_taker *take, void *taker);
/// Goes on for at most so many milliseconds.
enum mlp_transfer_state mlp_transfer_run(struct mlp_transfer *transfer, int milliseconds);
/// The code of a failed transfer (CURLE_…), its words, and whether the server was reached.
int mlp_transfer_code(const struct mlp_transfer *transfer);
const char *mlp_transfer_words(const struct mlp_transfer *transfer);
/// The status of the answer; 0 before there is one.
long mlp_transfer_status(const struct mlp_transfer *transfer);
/// Where a redirection leads, as an absolute address; NULL for another answer.
const char *mlp_transfer_redirection(const struct mlp_transfer *transfer);
void mlp_transfer_end(struct mlp_transfer *transfer);

/// Codes of failed transfers that tell what to do next.
enum {
  mlp_transfer_too_slow = 28,
  mlp_transfer_cut = 18,
  mlp_transfer_send_error = 55,
  mlp_transfer_receive_error = 56,
  mlp_transfer_empty = 52,
  mlp_transfer_http2 = 16,
  mlp_transfer_http2_stream = 92,
};
#endif
