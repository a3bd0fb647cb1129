import type { Mail } from '@commerce/kit/mail';
import { type Cents, decimalText } from '@commerce/kit/money';
import type { Contact } from '../clients/users.ts';
import type { MailKind } from '../data/event-record.ts';
import type { OrderItemRecord, OrderRecord, PostalAddress } from '../data/order-record.ts';

export type OrderMailParts = {
  kind: MailKind;
  order: OrderRecord;
  lines: readonly OrderItemRecord[];
  contact: Contact;
  /** Origin that links begin with. */
  publicUrl: string;
};

/** What a mail says, apart from how it is written: plain text throughout. */
type Message = {
  greeting: string;
  lead: string;
  /** How the parcel can be followed; null where it says nothing of a parcel. */
  parcel: { text: string; url: string | null } | null;
  /** What was bought and what it costs, as label and amount. */
  lines: readonly Row[];
  sums: readonly Row[];
  address: readonly string[];
  link: string;
};
type Row = { label: string; amount: string };

/** A mail to a customer about an order. Each attempt to send it has the same message id. */
export function orderMail(parts: OrderMailParts): Mail {
  const { kind, order, contact } = parts;
  const message = messageOf(parts);
  return {
    to: contact.email,
    kind: `order-${kind}`,
    subject: subjects[kind](order.orderId),
    text: asText(message),
    html: asHtml(message),
    link: message.link,
    messageId: `${order.orderId}.${kind}`,
  };
}

const subjects: Record<MailKind, (orderId: string) => string> = {
  confirmation: (orderId) => `Your order ${orderId} is confirmed`,
  shipped: (orderId) => `Your order ${orderId} is on its way`,
  cancelled: (orderId) => `Your order ${orderId} is cancelled`,
};

const leads: Record<MailKind, string> = {
  confirmation: 'Thank you for your order. It is paid and will be on its way soon.',
  shipped: 'Your order is on its way.',
  cancelled: 'Your order is cancelled. What was paid for it goes back to you.',
};

function messageOf({ kind, order, lines, contact, publicUrl }: OrderMailParts): Message {
  const amountOf = (amount: Cents) => `${decimalText(amount)} ${order.currency}`;
  return {
    greeting: `Hello ${[contact.firstName, contact.lastName].filter(Boolean).join(' ')},`,
    lead: leads[kind],
    parcel: kind === 'shipped' ? parcelOf(order) : null,
    lines: lines.map(({ quantity, name, subtotal }) => ({
      label: `${quantity} x ${name}`,
      amount: amountOf(subtotal),
    })),
    sums: [
      { label: 'Subtotal', amount: amountOf(order.subtotal) },
      { label: 'Tax', amount: amountOf(order.tax) },
      { label: 'Shipping', amount: amountOf(order.shipping) },
      { label: 'Total', amount: amountOf(order.total) },
    ],
    address: addressLines(order.shippingAddress),
    link: new URL(`/orders/${encodeURIComponent(order.orderId)}`, publicUrl).href,
  };
}

function parcelOf({ tracking }: OrderRecord): Message['parcel'] {
  if (tracking === null) return null;
  return { text: `${tracking.carrier}, number ${tracking.trackingNumber}`, url: tracking.url };
}

function addressLines({ street, city, state, zipCode, country }: PostalAddress): string[] {
  return [street, [city, state, zipCode].filter(Boolean).join(' '), country];
}

function asText({ greeting, lead, parcel, lines, sums, address, link }: Message): string {
  const rowsOf = (rows: readonly Row[]) => rows.map(({ label, amount }) => `${label}: ${amount}`).join('\n');
  const paragraphs = [
    greeting,
    lead,
    ...(parcel === null ? [] : [[`Parcel: ${parcel.text}`, parcel.url ?? ''].filter(Boolean).join('\n')]),
    rowsOf(lines),
    rowsOf(sums),
    ['Shipped to:', ...address].join('\n'),
    `Your order: ${link}`,
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

function asHtml({ greeting, lead, parcel, lines, sums, address, link }: Message): string {
  const rowsOf = (rows: readonly Row[]) =>
    rows
      .map(
        ({ label, amount }) => `<tr><td>${escaped(label)}</td><td align="right">${escaped(amount)}</td></tr>`,
      )
      .join('\n');
  return [
    `<p>${escaped(greeting)}</p>`,
    `<p>${escaped(lead)}</p>`,
    ...(parcel === null
      ? []
      : [`<p>Parcel: ${parcel.url ? anchor(parcel.url, parcel.text) : escaped(parcel.text)}</p>`]),
    `<table cellpadding="4">\n${rowsOf(lines)}\n${rowsOf(sums)}\n</table>`,
    `<p>Shipped to:<br>${address.map(escaped).join('<br>')}</p>`,
    `<p>${anchor(link, 'Your order')}</p>`,
    '',
  ].join('\n');
}

function anchor(url: string, text: string): string {
  // Whatever is no web page, such as javascript:, is shown as text and leads nowhere.
  if (!/^https?:\/\//i.test(url)) return escaped(text);
  return `<a href="${escaped(url)}">${escaped(text)}</a>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
