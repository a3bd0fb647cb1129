import type { Mail } from '@commerce/kit/mail';

/** A mail about a link: a token that its reader alone shall have. */
export type AccountMail = Mail & { link: string };

// No text of users stands in these mails: anybody can register somebody else's address, and would
// make us deliver whatever was typed as a name.

export function verificationMail(to: string, token: string, publicUrl: string): AccountMail {
  return linkMail({
    to,
    kind: 'verify-email',
    subject: 'Confirm your e-mail address',
    lead: 'Please confirm that this e-mail address is yours:',
    link: linkOf(publicUrl, '/verify-email', token),
    note: 'The link works once, within 24 hours. If you did not register, ignore this message.',
  });
}

export function passwordResetMail(to: string, token: string, publicUrl: string): AccountMail {
  return linkMail({
    to,
    kind: 'reset-password',
    subject: 'Reset your password',
    lead: 'Choose a new password here:',
    link: linkOf(publicUrl, '/reset-password', token),
    note: 'The link works once, within 15 minutes. If you did not ask for it, ignore this message: your password stays.',
  });
}

function linkOf(publicUrl: string, path: string, token: string): string {
  const url = new URL(path, publicUrl);
  url.searchParams.set('token', token);
  return url.href;
}

function linkMail(
  parts: Pick<AccountMail, 'to' | 'kind' | 'subject' | 'link'> & { lead: string; note: string },
): AccountMail {
  const { to, kind, subject, link, lead, note } = parts;
  const href = link.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return {
    to,
    kind,
    subject,
    link,
    text: `${lead}\n\n${link}\n\n${note}\n`,
    html: `<p>${lead}</p>\n<p><a href="${href}">${subject}</a></p>\n<p>${note}</p>\n`,
  };
}
