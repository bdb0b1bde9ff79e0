import os from 'node:os'

const mebibytes = (bytes: number) => Math.round(bytes / 2 ** 20)

/** How the private server is set up: for one district on one machine, and silent about people. */
export function serverSettings(): Record<string, string> {
  return {
    shared_buffers: `${Math.min(1024, Math.max(64, mebibytes(os.totalmem() / 8)))}MB`,
    effective_cache_size: `${Math.max(256, mebibytes(os.totalmem() / 2))}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    max_connections: '60',
    max_wal_size: '2GB',
    random_page_cost: '1.1',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_duration_statement: '2000',
    // No values in the log: parameters off, and the detail of a failed constraint, which quotes the row, with them.
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    log_error_verbosity: 'terse',
    ...(process.platform === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}),
  }
}
