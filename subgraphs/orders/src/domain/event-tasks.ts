import type { RecurringTask } from '@commerce/kit/worker';
import type { EventStore } from '../data/event-store.ts';
import type { RetentionStore } from '../data/retention-store.ts';
import { deliverWebhooks, type WebhookDeps } from './deliver-webhooks.ts';
import { dispatchEvents } from './dispatch-events.ts';
import { handleProviderMessages, type ProviderMessageDeps } from './handle-provider-messages.ts';
import { removeOutdated } from './retention.ts';
import { type OrderMailDeps, sendOrderMails } from './send-order-mails.ts';

export type EventTaskDeps = OrderMailDeps &
  WebhookDeps &
  ProviderMessageDeps & { events: EventStore; retention: RetentionStore };

/** What follows from events in the background. The names are the keys of the jobs. */
export function createEventTasks(deps: EventTaskDeps): Record<string, RecurringTask> {
  return {
    'dispatch-events': { everySeconds: 1, run: (signal) => dispatchEvents(deps, signal) },
    'send-order-mails': { everySeconds: 1, run: (signal) => sendOrderMails(deps, signal) },
    'deliver-webhooks': { everySeconds: 1, run: (signal) => deliverWebhooks(deps, signal) },
    'handle-provider-messages': { everySeconds: 1, run: (signal) => handleProviderMessages(deps, signal) },
    'remove-outdated': { everySeconds: 3_600, run: (signal) => removeOutdated(deps.retention, signal) },
  };
}
