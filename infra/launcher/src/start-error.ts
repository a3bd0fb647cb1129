/**
 * A start that cannot go on, told to the person at the console: the message says what is wrong and
 * what to do, and is printed without a stack.
 */
export class StartError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartError';
  }
}
