/** Made-up calls to practise on, in English. None of them is about anybody. */
import type { Stories } from './practice-sv.js';

export const stories: Stories = {
  mother:
    'The phone rings one afternoon. A mother in Karlstad is worried about her son, who is 16. He is up at night in chat groups that praise right-wing extremist attackers, and has begun to say that “something must be done”. She has not called before. You talk for a little more than half an hour, in Swedish. You advise her to talk to the social services, and she would like to be in touch with the municipal coordinator too.',
  teacher:
    'A teacher at an upper secondary school in Gothenburg calls. In class a pupil of 17 voices support for violent Islamists, and according to classmates is in contact with some older men in such a group. The teacher called last week as well. The call takes a quarter of an hour, in Swedish. You agree that the pupil health team should be brought in, and you mention the material of the Segerstedt Institute.',
  leaver:
    'A woman aged 24 writes in the chat, in Swedish. She has been in a left-wing extremist group for some years and wants to leave, but fears how the others will react. She does not want to say where she lives. It is the first time she gets in touch. You write to each other for about 45 minutes, and you tell her about the exit programme.',
};
