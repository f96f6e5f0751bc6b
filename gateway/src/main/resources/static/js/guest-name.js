/** What a person is called on the pages of staff. */
import { t } from './i18n.js';

/** @param {{name: string}} guest whoever was erased has no name any more @returns {string} */
export const guestName = ({ name }) => name || t('guest.erased');
