import { AppError } from '@commerce/kit/errors';

type Undo = () => Promise<void>;

/** Steps taken outside this database, each with what undoes it. */
export type CheckoutSteps = {
  /** Takes a step. Its undo is due from then on, also where the step's answer was lost. Only a step that
   *  was refused has done nothing. */
  take<Result>(run: () => Promise<Result>, undo: Undo): Promise<Result>;
  /** False where nothing was done that had to be undone. */
  hasTaken(): boolean;
  /** Undoes in the reverse order; one that fails does not keep the others from being tried.
   *  @throws the first failure */
  undoAll(): Promise<void>;
};

export function createCheckoutSteps(): CheckoutSteps {
  const undos: Undo[] = [];
  return {
    async take(run, undo) {
      try {
        const result = await run();
        undos.unshift(undo);
        return result;
      } catch (error) {
        if (!isRefusal(error)) undos.unshift(undo);
        throw error;
      }
    },
    hasTaken: () => undos.length > 0,
    async undoAll() {
      const failures: unknown[] = [];
      for (const undo of undos) await undo().catch((error: unknown) => failures.push(error));
      if (failures.length > 0) throw failures[0];
    },
  };
}

/** A clear no: stock is short, a product cannot be bought, the payment was declined. */
export function isRefusal(error: unknown): error is AppError {
  return error instanceof AppError && (error.code.startsWith('BUS_') || error.code === 'RES_001');
}
