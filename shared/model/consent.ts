/** Whom a person may allow us to tell what they said. Each is asked for by itself. */
export const CONSENT_RECIPIENTS = ['campaigns', 'partners', 'research', 'others'] as const;
export type ConsentRecipients = (typeof CONSENT_RECIPIENTS)[number];

/** By which way we may get in touch again. Each is asked for by itself. */
export const CHANNELS = ['call', 'text', 'email', 'mail', 'door'] as const;
export type Channel = (typeof CHANNELS)[number];
