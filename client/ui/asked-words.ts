import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Asked } from '#shared/model/asked-words.ts';

/** What is read to a person where the chapter has no words of its own for it. */
export const askedWords: Readonly<Record<Asked, MessageDescriptor>> = {
  campaigns: msg`May we tell the campaigns that we work with that you support this?`,
  partners: msg`May we tell groups that we work with what you told us?`,
  research: msg`May we give what you told us to people who study elections?`,
  others: msg`May we give what you told us to others?`,
  call: msg`May we call you?`,
  text: msg`May we send you text messages?`,
  email: msg`May we send you email?`,
  mail: msg`May we write to you by mail?`,
  door: msg`May we come to your door again?`,
};
