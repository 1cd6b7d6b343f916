/** Where the web process says that a file waits for the keeper. */
export const IMPORT_CHANNEL = 'tyst_import_request';
